"""What each part spends on a comment, in processor time: what `docs/scale.md` rests on."""
