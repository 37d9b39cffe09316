from xml.etree.ElementTree import fromstring

from models.card.svg_plot import Axis, Plot, plot_svg


def test_a_picture_is_svg_with_colours_for_dark_pages() -> None:
    plot = Plot("A & B", Axis("across", 0.5), Axis("up"), ((0, 0), (0.25, 1)), ((0, 0), (1, 1)))

    picture = plot_svg(plot)

    assert fromstring(picture).tag.endswith("svg")  # noqa: S314
    assert "prefers-color-scheme: dark" in picture
    assert 'points="70.0,350.0 340.0,50.0"' in picture
    assert "A &amp; B" in picture
