# An agreement that both sides have to do with lies between them.
entity Armenia state ARM
entity Turkey state TUR
entity Iran state IRN
entity Ilham person ARM
entity Zurich_Protocols agreement
entity Other_Treaty agreement

report r1 2009-10-11 Wire
fact Ilham signed Zurich_Protocols 2009-10-10
fact Turkey signed Zurich_Protocols 2009-10-10
fact Turkey signed Other_Treaty 2009
fact Armenia met Iran 2009

ask between Armenia Turkey
want Ilham signed Zurich_Protocols 2009-10-10 occurred 1×
want Turkey signed Zurich_Protocols 2009-10-10 occurred 1×

ask between Armenia Turkey relation=met
want nothing
