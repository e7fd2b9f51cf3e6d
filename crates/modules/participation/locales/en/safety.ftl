### What is no longer online, and what small numbers do not tell

leave-idea-gone = You will get no more mail about an idea that is no longer online.
leave-ask-idea-gone = You receive a mail when an idea, which is no longer online, changes.
home-voices-over = More than { $n } residents have taken part.
confirm-fact-supports = Supports confirmed at the same time
confirm-fact-supports-n = { $n ->
    [one] { $n } support given on this device
   *[other] { $n } supports given on this device
}
