"""What amendments do to the law: operations to further writes on the timelines of what they amend."""
