"""A tally for controls, which must know what did not hold and not only how much."""
import kit


class Kept(kit.Tally):
    def __init__(self):
        super().__init__(limit=0)
        self.names = []

    def check(self, name, holds, detail="", quiet=False):
        if not holds:
            self.names.append(name)
        return super().check(name, holds, detail, quiet=True)

    def has(self, words):
        return any(words in name for name in self.names)
