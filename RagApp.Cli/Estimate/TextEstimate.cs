using System.Runtime.InteropServices;
using RagApp.Parsing;
using RagApp.Text;

namespace RagApp.Cli.Estimate;

/// <summary>An amount of text, as the server would cut and embed it.</summary>
/// <param name="Documents">Documents with text: a mail with two attachments may have three.</param>
/// <param name="Words">Words as <see cref="WordMeasure"/> counts them.</param>
/// <param name="Passages">Estimated number of passages.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextEstimate(long Documents, double Words, long Passages)
{
    /// <summary>Words of an average passage, measured on the documents that the estimate is tested with; the longest has 110.</summary>
    private const double WordsPerPassage = 80;

    private const double WordsPerPage = 500;
    private const double TokensPerWord = 1.36;

    /// <summary>Tokens of the title and the headings, which are embedded in front of each passage.</summary>
    private const int TokensPerTitle = 20;

    /// <summary>Pages of printed text, at least one for each document.</summary>
    public long Pages => Math.Max(Documents, (long)Math.Ceiling(Words / WordsPerPage));

    /// <summary>Estimated number of tokens that are embedded.</summary>
    public long Tokens => (long)(Words * TokensPerWord) + (Passages * TokensPerTitle);

    public static TextEstimate operator +(TextEstimate one, TextEstimate other) => Add(one, other);

    public static TextEstimate Add(TextEstimate one, TextEstimate other) =>
        new(one.Documents + other.Documents, one.Words + other.Words, one.Passages + other.Passages);

    /// <summary>The estimate of one document's text.</summary>
    public static TextEstimate Of(IReadOnlyList<TextBlock> blocks)
    {
        var words = blocks.Sum(block => WordMeasure.Words(block.Text));
        return words > 0 ? new TextEstimate(1, words, (long)Math.Ceiling(words / WordsPerPassage)) : default;
    }
}
