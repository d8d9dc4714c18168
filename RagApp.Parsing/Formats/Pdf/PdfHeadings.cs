using RagApp.Parsing.Formats.Pdf.Regions;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>
/// Finds headings by letter size and weight, since a PDF does not mark them. The size of most of the text is the body size; a
/// short block of clearly larger letters is a heading, and the three largest sizes in use give its level. A short bold line above text that is not bold is a heading
/// one level below them.
/// </summary>
internal sealed class PdfHeadings
{
    private const double ClearlyLarger = 1.15;
    private const int MostLines = 3;
    private const int MostCharacters = 160;
    private const int MostBoldCharacters = 100;
    private const int MostLevels = 3;
    private const string EndsOfSentences = ".!?;,:";

    private readonly IReadOnlyList<PdfBlock> _blocks;
    private readonly double _body;
    private readonly Dictionary<double, int> _levels;

    public PdfHeadings(IReadOnlyList<PdfBlock> blocks)
    {
        (_blocks, _body) = (blocks, BodySize(blocks));
        _levels = blocks.Where(IsLarge).Select(block => block.Size)
            .Distinct().OrderDescending().Select((size, index) => (size, Level: Math.Min(index + 1, MostLevels)))
            .ToDictionary(pair => pair.size, pair => pair.Level);
    }

    /// <summary>Level of the heading that a block is; 0 for all other blocks.</summary>
    public int LevelOf(int at)
    {
        if (IsLarge(_blocks[at]))
            return _levels[_blocks[at].Size];
        return IsBoldLine(at) ? Math.Min(_levels.Count, MostLevels) + 1 : 0;
    }

    private static double BodySize(IReadOnlyList<PdfBlock> blocks) => blocks
        .Where(block => block.Size > 0)
        .GroupBy(block => block.Size)
        .OrderByDescending(group => group.Sum(block => block.Lines.Sum(line => (long)line.Length) + block.Rows.Sum(row => row.Sum(cell => (long)cell.Text.Length))))
        .Select(group => group.Key)
        .FirstOrDefault();

    private bool IsLarge(PdfBlock block) => block.Size > _body * ClearlyLarger && IsShort(block, MostLines, MostCharacters);

    private bool IsBoldLine(int at) => _blocks[at].IsBold && IsShort(_blocks[at], most: 2, MostBoldCharacters)
        && !EndsOfSentences.Contains(_blocks[at].Lines[^1][^1], StringComparison.Ordinal)
        && at + 1 < _blocks.Count && !_blocks[at + 1].IsBold;

    private static bool IsShort(PdfBlock block, int most, int characters) =>
        !block.IsTable && block.Lines.Count <= most && block.Lines.Sum(line => line.Length + 1) <= characters && block.Lines.Any(line => line.Any(char.IsLetter))
        && !(block.Lines.Count == 1 && DocumentTitle.IsMark(block.Lines[0]));
}
