# By month: what is known to the month stands in it, the rest apart with the date that it has. Intensities are those of PLOVER.
entity Russia state RUS
entity Ukraine state UKR
entity Putin person RUS
entity Kyiv place UKR
entity Grain_Initiative agreement

report wire 2022-08-01 Wire
fact Russia attacked Ukraine 2022-02-24
fact Russia met Ukraine 2022-03-29
fact Putin visited Kyiv 2022-04-28 denied
fact Russia signed Grain_Initiative 2022-07-22
fact Ukraine signed Grain_Initiative 2022-07
fact Ukraine accused Russia 2022
fact Russia sanctioned Ukraine -
fact Russia met Ukraine 2022-05-31/2022-06-01 planned

report post 2022-08-02 Post
fact Russia attacked Ukraine 2022-02-24
fact Russia met Ukraine 2022-03-29 denied

report again 2022-08-03 Wire
fact Russia attacked Ukraine 2022-02

ask between Russia Ukraine by=month
want 2022-02 1 +0 -9 corroborated 1
want 2022-03 1 +2.5 -0 contested 1
want 2022-04 1 +0 -0
want 2022-07 2 +10 -0
want apart 2022 1 +0 -3
want apart 2022-05-31/2022-06-01 1 +2.5 -0
want apart - 1 +0 -6

ask between Russia Ukraine by=relation
want met 2 +5 -0 contested 1
want signed 2 +10 -0
want accused 1 +0 -3
want attacked 1 +0 -9 corroborated 1
want sanctioned 1 +0 -6
want visited 1 +0 -0

ask between Russia Ukraine by=plover
want CONSULT 2 +2.5 -0 contested 1
want SUPPORT 2 +10 -0
want ACCUSE 1 +0 -3
want AGREE 1 +2.5 -0
want ASSAULT 1 +0 -9 corroborated 1
want SANCTION 1 +0 -6
