namespace RagApp.Parsing;

/// <summary>
/// Finds the headings that a file does not mark: a short bold line, and a short line without punctuation above a paragraph of sentences.
/// <code>
/// Late fee
///                                                        ->  a heading and its paragraph
/// For every day that an item is late, two crowns are charged.
/// </code>
/// Two such lines at the beginning are a title and the first heading.
/// </summary>
/// <param name="blocks">The blocks so far; a block becomes a heading once the one below it is known.</param>
internal sealed class HeadingLines(List<TextBlock> blocks)
{
    private const int LongestBold = 100;
    private const int LongestPlain = 60;
    private const int MostPlainWords = 7;
    private const int FewestWordsBelow = 5;
    private const string EndsOfSentences = ".!?…。！？";
    private const string EndsOfClauses = ",;:";

    private int _markedLevel;
    private Looks _above;

    private enum Looks
    {
        Text,
        PlainLine,
        BoldLine,
    }

    /// <summary>True when a line and the text below it, which follows without an empty line, are a heading and its paragraph: the line is much shorter than the next one.</summary>
    public static bool IsAbove(string line, string below)
    {
        var next = below.Split('\n', 2)[0];
        return line.Length * 5 <= next.Length * 3 && IsPlainLine(line) && !char.IsLower(below[0]) && IsSentence(below);
    }

    /// <summary>Looks at the block that was just added.</summary>
    /// <param name="isBold">True when all of its text is bold.</param>
    public void Look(bool isBold)
    {
        var block = blocks[^1];
        if (block.Kind == BlockKind.Heading)
            _markedLevel = block.Level;
        var look = LookOf(block, isBold);
        if (look == Looks.Text && block.Kind != BlockKind.Heading && IsHeadingAbove(block))
            Mark(blocks.Count - 2);
        _above = look;
    }

    private bool IsHeadingAbove(TextBlock below) => _above switch
    {
        Looks.BoldLine => true,
        Looks.PlainLine => below.Kind == BlockKind.Paragraph && IsSentence(below.Text),
        _ => false,
    };

    private void Mark(int at)
    {
        if (at == 1 && blocks[0] is { Kind: BlockKind.Paragraph } title && IsLine(title.Text, LongestBold) && DocumentTitle.Of(title.Text) is not null)
        {
            blocks[0] = title with { Kind = BlockKind.Heading, Level = 1 };
            _markedLevel = 1;
        }
        blocks[at] = blocks[at] with { Kind = BlockKind.Heading, Level = Math.Min(_markedLevel + 1, BlockWriter.DeepestHeading) };
    }

    private Looks LookOf(TextBlock block, bool isBold)
    {
        if (block is not { Kind: BlockKind.Paragraph, Page: null } || DocumentTitle.IsMark(block.Text))
            return Looks.Text;
        if (isBold && IsLine(block.Text.TrimEnd(':'), LongestBold))
            return Looks.BoldLine;
        return IsPlainLine(block.Text) && StandsAlone() ? Looks.PlainLine : Looks.Text;
    }

    /// <summary>True when the line does not go on from the block above it, and is not one of several lines, as in an address.</summary>
    private bool StandsAlone() => blocks.Count < 2 || blocks[^2].Kind != BlockKind.Paragraph || blocks[^2].Page is not null
        || EndsOfSentences.Contains(blocks[^2].Text[^1], StringComparison.Ordinal) || blocks.Count == 2;

    private static bool IsPlainLine(string text) => IsLine(text, LongestPlain) && text.Count(c => c == ' ') < MostPlainWords
        && !text.AsSpan().TrimStart("0123456789.() ").ContainsAnyInRange('0', '9');

    private static bool IsSentence(string text) =>
        text.Length > 1 && EndsOfSentences.Contains(text[^1], StringComparison.Ordinal) && (text.Count(c => c == ' ') >= FewestWordsBelow - 1 || text[^1] > '\u3000');

    private static bool IsLine(string text, int longest) => text.Length > 0 && text.Length <= longest
        && (char.IsDigit(text[0]) || (char.IsLetter(text[0]) && !char.IsLower(text[0])))
        && text.Any(char.IsLetter)
        && !EndsOfSentences.Contains(text[^1], StringComparison.Ordinal) && !EndsOfClauses.Contains(text[^1], StringComparison.Ordinal)
        && text.AsSpan().IndexOfAny("\n|@=") < 0 && !text.Contains("://", StringComparison.Ordinal) && !text.Contains(": ", StringComparison.Ordinal);
}
