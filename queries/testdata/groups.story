# What several reports tell is shown once, with every status under which it is told.
entity Russia state RUS
entity China state CHN
entity Beijing place CHN
entity Shanghai place CHN
entity Tonga state TON

report wire 2024-05-16 Wire
fact Russia met China 2024-05-16 occurred @Beijing
fact Russia supported Tonga 2024-02
report daily 2024-05-17 Daily
fact China met Russia 2024-05 occurred @China
fact Russia supported Tonga -
report star 2024-06-01 Star
fact Russia met China -
report post 2024-05-14 Post
fact Russia met China 2024-05-16/2024-05-17 planned
report late 2024-10-03 Late
fact Russia met China 2024-10-02 occurred @Shanghai

# The undated telling of a meeting has two candidates and stays by itself.
ask claims relation=met
want Russia met China 2024-05-16 occurred,planned 3×
want Russia met China 2024-10-02 occurred 1×
want Russia met China - occurred 1×

# That of the support has one, and joins it.
ask claims relation=supported
want Russia supported Tonga 2024-02 occurred 2×

ask timeline Russia publisher=star
want Russia met China - occurred 1×

ask timeline Russia status=planned
want Russia met China 2024-05-16/2024-05-17 planned 1×

ask timeline Tonga limit=1
want Russia supported Tonga 2024-02 occurred 2×

ask claims place=China since=2024-10
want Russia met China 2024-10-02 occurred 1×

ask timeline Russia since=2024-03 until=2024-05
want Russia met China 2024-05-16 occurred,planned 3×
