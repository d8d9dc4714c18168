using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.OpenDocument;

/// <summary>A paragraph while it is read.</summary>
/// <param name="level">Heading level, 0 for none.</param>
internal sealed class OdfParagraph(int level)
{
    public static readonly OdfParagraph Plain = new(0);

    private readonly List<string> _inner = [];

    public int Level => level;

    /// <summary>The label of a remark, such as a comment, that the paragraph begins; empty for none.</summary>
    public string Label { get; init; } = "";

    public RunText Text { get; } = new();

    /// <summary>The looks of its text outside of spans.</summary>
    public RunStyle Style { get; init; }

    /// <summary>The number shown before it, such as <c>2.1</c>; empty for none.</summary>
    public string Number { get; init; } = "";

    /// <summary>Notes, comments and text boxes inside the paragraph.</summary>
    public IReadOnlyList<string> Inner => _inner;

    public void AddInner(IEnumerable<string> texts) => _inner.AddRange(texts);
}
