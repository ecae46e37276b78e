"""What the daemon is at when `kill` ends it."""

MOMENTS = [("serving", 30), ("starting", 20), ("repeating", 12), ("rebuilding", 12), ("verifying", 12), ("publishing", 18),
           ("views gone", 4), ("state gone", 4)]
"""And how often of all."""


def schedule(random, rounds):
    """Every moment in its share, in random order."""
    total = sum(share for _, share in MOMENTS)
    moments = [name for name, share in MOMENTS for _ in range(max(1, round(rounds * share / total)))]
    random.shuffle(moments)
    return moments
