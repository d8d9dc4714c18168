namespace RagApp.Parsing.Formats.Pdf;

/// <summary>
/// Finds headings by letter size, since a PDF does not mark them. The size of most of the text is the body size; a
/// short block of clearly larger letters is a heading, and the three largest sizes in use give its level.
/// </summary>
internal static class PdfHeadings
{
    private const double ClearlyLarger = 1.15;
    private const int MostLines = 3;
    private const int MostCharacters = 160;
    private const int MostLevels = 3;

    public static void Write(IReadOnlyList<PdfBlock> blocks, BlockWriter output)
    {
        var body = BodySize(blocks);
        var levels = blocks.Where(block => IsHeading(block, body)).Select(block => block.Size)
            .Distinct().OrderDescending().Select((size, index) => (size, Level: Math.Min(index + 1, MostLevels)))
            .ToDictionary(pair => pair.size, pair => pair.Level);

        foreach (var block in blocks)
        {
            if (IsHeading(block, body))
                output.Heading(levels[block.Size], block.Text, block.Page);
            else if (block.Cells.Count > 1)
                output.TableRow(block.Cells, block.Page);
            else
                output.Paragraph(block.Text, block.Page);
        }
    }

    private static double BodySize(IReadOnlyList<PdfBlock> blocks) => blocks
        .GroupBy(block => block.Size)
        .OrderByDescending(group => group.Sum(block => (long)block.Text.Length))
        .Select(group => group.Key)
        .FirstOrDefault();

    private static bool IsHeading(PdfBlock block, double body) =>
        block.Size > body * ClearlyLarger
        && block.Cells.Count == 1
        && block.Lines <= MostLines
        && block.Text.Length <= MostCharacters
        && block.Text.Any(char.IsLetter);
}
