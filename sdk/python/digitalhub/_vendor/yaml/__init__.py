"""YAML in pure Python: the safe half of PyYAML 6.0.3 (MIT, see LICENSE), without its C parts.

Kept: reader, scanner, parser, composer, resolver, safe constructor; safe representer, serializer,
emitter. Dropped: the full and unsafe constructors and representers, the bindings to libyaml.
"""
