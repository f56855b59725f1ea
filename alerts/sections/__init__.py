"""alerts.sections: the parts of a digest and of a pack, each a pure function on material."""
