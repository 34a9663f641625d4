# The dossier of a state counts its officials where the comment of Dossier says so; that of an agreement names the states that signed.
entity Norway state NOR
entity Sweden state SWE
entity Finland state FIN
entity Oslo place NOR
entity Stockholm place SWE
entity Ann person NOR
entity Bob person SWE
entity Eve person
entity Envoy_of_Finland office FIN
entity League organisation IGO
entity Fish_Treaty agreement
entity Gas_Treaty agreement

report r1 2024-06-01 Wire
fact Ann visited Stockholm 2024-05-02
fact Bob visited Oslo 2024-05-20
fact Ann visited Oslo 2024-05-21
fact Ann met Bob 2024-05-02 @Stockholm
fact Norway accused Sweden 2023
fact Finland accused Norway 2023-02
fact Ann signed Fish_Treaty 2022-03-01
fact Eve holds_office Envoy_of_Finland
fact Eve signed Fish_Treaty 2022-03-01
fact Finland ratified Fish_Treaty 2022-09 planned
fact League sanctioned Norway 2021
fact Norway signed Gas_Treaty 2020
fact Norway withdrew_from Gas_Treaty -

report r2 2024-06-02 Post
fact Norway accused Sweden 2023 denied
fact Finland accused Norway 2023-02-03

ask dossier Norway
want total: 9 +17.5 -18 contested 1 corroborated 1
want officials: Ann
want visitors: Bob visited Oslo 2024-05-20 occurred 1×
want accused: Norway accused Sweden 2023 occurred,denied 2×
want accused_by: Finland accused Norway 2023-02-03 occurred 2×
want other: League sanctioned Norway 2021 occurred 1×
want agreements: Gas_Treaty signed: Norway signed Gas_Treaty 2020 occurred 1×
want agreements: Gas_Treaty left: Norway withdrew_from Gas_Treaty - occurred 1×
want agreements: Fish_Treaty signed: Ann signed Fish_Treaty 2022-03-01 occurred 1×
want partners: Finland 4 +12.5 -3 corroborated 1
want partners: Sweden 4 +7.5 -3 contested 1
want partners: League 1 +0 -6
want latest: Ann visited Oslo 2024-05-21 occurred 1×
want latest: Ann met Bob 2024-05-02 occurred 1×
want latest: Ann visited Stockholm 2024-05-02 occurred 1×
want latest: Finland accused Norway 2023-02-03 occurred 2×
want latest: Norway accused Sweden 2023 occurred,denied 2×
want latest: Ann signed Fish_Treaty 2022-03-01 occurred 1×
want latest: League sanctioned Norway 2021 occurred 1×
want latest: Norway signed Gas_Treaty 2020 occurred 1×
want contested: Norway accused Sweden 2023 occurred,denied 2×

ask between Norway Finland by=relation
want signed 2 +10 -0
want accused 1 +0 -3 corroborated 1
want ratified 1 +2.5 -0

ask dossier Fish_Treaty only=parties
want parties: Norway signed: Ann signed Fish_Treaty 2022-03-01 occurred 1×
want parties: Finland signed: Eve signed Fish_Treaty 2022-03-01 occurred 1×
want parties: Finland ratified: Finland ratified Fish_Treaty 2022-09 planned 1×

ask dossier Stockholm
want total: 2 +5 -0
want visitors: Ann visited Stockholm 2024-05-02 occurred 1×
want here: Ann met Bob 2024-05-02 occurred 1×
want latest: Ann met Bob 2024-05-02 occurred 1×
want latest: Ann visited Stockholm 2024-05-02 occurred 1×

ask dossier Ann only=trips,meetings,agreements
want trips: Ann visited Stockholm 2024-05-02 occurred 1×
want trips: Ann visited Oslo 2024-05-21 occurred 1×
want meetings: Bob 1
want agreements: Fish_Treaty signed: Ann signed Fish_Treaty 2022-03-01 occurred 1×

ask dossier Sweden only=officials,offices
want officials: Bob

ask dossier League only=partners
want partners: Norway 1 +0 -6
