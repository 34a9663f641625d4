# Paths in order of time: no hop lies before the one before it. A date known to the month may stand anywhere in it.
entity Ann person
entity Bob person
entity Cid person
entity Dan person
entity Eve person
entity Fay person
entity Gus person
entity Hal person
entity Ida person
entity Jan person
entity Kim person
entity Lea person
entity Max person
entity Ned person
entity Oda person
entity Pia person
entity Quy person
entity Rob person
entity Sue person
entity Tom person
entity Una person
entity Vic person

report r1 2024-12-01 Wire
fact Ann met Cid 2024-05-10
fact Cid met Bob 2024-05
fact Ann met Dan 2024-03
fact Dan met Bob 2024-02-01
fact Ann met Eve 2024-01
fact Eve met Fay 2024-02
fact Fay met Bob 2024-03-31

# Ann met Dan after Dan met Bob, so that of the two ways of two hops one is left, and that is in order only if Cid met Bob late in May.
ask path Ann Bob in-order=yes
want possible 2024-05-10
want Ann > Cid by met 2024-05-10
want Cid > Bob by met 2024-05

# The longer way arrives earlier, and is certain.
ask path Ann Bob earliest=yes
want certain 2024-03-31
want Ann > Eve by met 2024-01
want Eve > Fay by met 2024-02
want Fay > Bob by met 2024-03-31

ask paths Ann Bob in-order=yes k=5
want 1
want possible 2024-05-10
want Ann > Cid by met 2024-05-10
want Cid > Bob by met 2024-05
want 2
want certain 2024-03-31
want Ann > Eve by met 2024-01
want Eve > Fay by met 2024-02
want Fay > Bob by met 2024-03-31

# From Bob to Ann time runs the other way.
ask path Bob Ann in-order=yes
want certain 2024-03-01
want Bob > Dan by met 2024-02-01
want Dan > Ann by met 2024-03

# What since and until cut away of a date is not chosen from.
ask path Ann Bob in-order=yes since=2024-05-12
want nothing

ask path Bob Ann in-order=yes since=2024-01-15 until=2024-03-10
want certain 2024-03-01
want Bob > Dan by met 2024-02-01
want Dan > Ann by met 2024-03

ask path Cid Bob in-order=yes since=2024-05-12
want certain 2024-05-12
want Cid > Bob by met 2024-05

# What has no date has no order; an open end is never certainly past.
report r2 2024-12-02 Wire
fact Gus met Ann
fact Hal met Gus 2024-01-01/..
fact Gus met Ida 2024-06-01

ask path Gus Ann in-order=yes
want nothing

ask path Hal Ida in-order=yes
want possible 2024-06-01
want Hal > Gus by met 2024-01-01/..
want Gus > Ida by met 2024-06-01

# A claim with a narrower date makes certain what one with a wider date leaves open.
report r3 2024-12-03 Post
fact Max met Ned 2024-05-10
fact Ned met Oda 2024-05
fact Ned met Oda 2024-05-11

ask path Max Oda in-order=yes
want certain 2024-05-11
want Max > Ned by met 2024-05-10
want Ned > Oda by met 2024-05-11

ask path Max Oda earliest=yes
want possible 2024-05-10
want Max > Ned by met 2024-05-10
want Ned > Oda by met 2024-05

# Of two hops on one day each may have come first.
report r4 2024-12-03 Post
fact Jan met Kim 2024-07-07
fact Kim met Lea 2024-07-07

ask path Jan Lea in-order=yes
want certain 2024-07-07
want Jan > Kim by met 2024-07-07
want Kim > Lea by met 2024-07-07

# Of claims that do as well the one with the narrowest date is shown.
report r5 2024-12-03 Post
fact Pia met Quy 2024-05
fact Quy met Rob 2024
fact Quy met Rob 2024-04/2024-06
fact Quy met Rob 2024-01/2024-06

ask path Pia Rob in-order=yes
want possible 2024-05-01
want Pia > Quy by met 2024-05
want Quy > Rob by met 2024-04/2024-06

# Sue may have met Tom in January already, after which Tom met Una twice; only the second time is certainly later.
report r6 2024-12-03 Post
fact Sue met Tom 2024-01/2024-03
fact Tom met Una 2024-02-01
fact Tom met Una 2024-04-01
fact Una met Vic 2024-05-01

ask path Sue Vic in-order=yes
want certain 2024-05-01
want Sue > Tom by met 2024-01/2024-03
want Tom > Una by met 2024-04-01
want Una > Vic by met 2024-05-01
