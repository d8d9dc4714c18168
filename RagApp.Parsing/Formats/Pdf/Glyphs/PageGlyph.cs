using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Pdf.Glyphs;

/// <summary>A character of a page, in a frame that is turned so that its line runs to the right.</summary>
/// <param name="Baseline">Height of the line it stands on; lines further down have lower ones.</param>
/// <param name="Order">Its place in the page's content.</param>
internal sealed record PageGlyph(string Text, double Left, double Right, double Baseline, double Size, int Order, bool IsBold)
{
    public bool IsBlank { get; } = string.IsNullOrWhiteSpace(Text);

    public Baseline Script { get; init; } = Runs.Baseline.Normal;
}
