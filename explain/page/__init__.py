"""What a page shows besides the steps themselves: how they nest, the picture of an award, the law that it rests on."""
