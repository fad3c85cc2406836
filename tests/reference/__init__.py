"""A second reading of docs/semantics.md, to compare the engine with: slow, plain, in exact fractions.

`results`, `calendar`, `law`, `people`, `question`, `members`, `days`, `phrases`, `meaning` and `paying` are the reading. They import the syntax tree
of `grammar` and nothing of `engine`, and were written from the page. `pen`, `setting` and `writing` with its neighbours make up rule
books and households; `agreement` asks both readings, `claims` what both pay over a period, and `running` goes on until they differ.
"""
