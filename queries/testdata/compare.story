# Two pairs, two periods, two publishers beside each other. A claim whose date may lie outside a period is only possible there.
entity Russia state RUS
entity China state CHN
entity North_Korea state PRK
entity Lavrov person RUS
entity Pact agreement

report wire 2024-07-01 Wire
fact Lavrov visited North_Korea 2023-10-18
fact Russia signed Pact 2024-06-19
fact North_Korea signed Pact 2024-06-19
fact Russia aided North_Korea 2023/2024
fact China supported North_Korea 2023-11
fact Russia accused North_Korea 2024-01

report post 2024-07-02 Post
fact Lavrov visited North_Korea 2023-10
fact Russia accused North_Korea 2024-01 denied
fact Russia met North_Korea 2024-05-01

ask compare Russia:North_Korea China:North_Korea
want Russia:North_Korea 6 +25 -3 contested 1 corroborated 1
want China:North_Korea 1 +5 -0
want shared 0
want signed 2 | 0
want accused 1 | 0
want aided 1 | 0
want met 1 | 0
want supported 0 | 1
want visited 1 | 0

ask compare Russia:North_Korea periods=2023,2024 by=plover
want Russia:North_Korea 1 +2.5 -0 corroborated 1 possible 1
want Russia:North_Korea 4 +12.5 -3 contested 1 possible 1
want shared 0
want CONSULT 1 | 1
want SUPPORT 0 | 2
want ACCUSE 0 | 1

# What Post tells is in its own status, and contested or borne out by what Wire tells.
ask compare Russia:North_Korea publishers=Wire,post
want Russia:North_Korea 5 +22.5 -3 contested 1 corroborated 1
want Russia:North_Korea 3 +5 -0 contested 1 corroborated 1
want shared 2
want accused 1 | 1
want signed 2 | 0
want visited 1 | 1
want aided 1 | 0
want met 0 | 1
