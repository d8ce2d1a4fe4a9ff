"""Blocks of text that have lost their paragraphs are shown in parts."""

from output.paragraphs import readable_parts

SENTENCE = "Am Ufer stehen 12 Boote, die Prof. Dr. Ada Muster am 3. Mai 2024 den Seen übergab. "


def test_a_block_is_parted_behind_sentences_and_keeps_every_character() -> None:
    text = "Titel\n\n" + (SENTENCE * 40).strip()
    parts = readable_parts(text, 7, len(text))
    assert len(parts) > 4
    assert "".join(text[start:end] for start, end in parts) == text[7:]
    assert all(text[start:end].startswith("Am Ufer") for start, end in parts)
    assert all(text[start:end].rstrip().endswith("übergab.") for start, end in parts)


def test_what_somebody_wrote_as_a_paragraph_stays_one() -> None:
    text = (SENTENCE * 12).strip()
    assert readable_parts(text, 0, len(text)) == [(0, len(text))]
    endless = "Boot " * 500
    assert readable_parts(endless, 0, len(endless)) == [(0, len(endless))]
