using System.Text.RegularExpressions;

namespace RagApp.Parsing.Formats.Rst;

/// <summary>reStructuredText: titles, lists, tables and code as a reader of the finished page sees them.</summary>
internal sealed class RstFormat : ITextFormat
{
    public const string MediaType = "text/x-rst";

    public string Name => "rst";

    public string Title => "reStructuredText";

    public string ContentType => MediaType;

    public string DocumentType => "text";

    public IReadOnlyList<string> Extensions { get; } = [".rst", ".rest"];

    public bool Recognizes(FileSample sample) => false;

    public bool LooksLike(FileSample sample) => RstSigns.AreIn(sample.Text!);

    public void Read(Stream file, BlockWriter output)
    {
        new RstBlocks(TextDecoder.DecodeAll(file).Split('\n'), output).Read();
        if (output.Properties.Title is null && output.Blocks is [{ Kind: BlockKind.Heading } heading, ..])
            output.SetTitle(DocumentTitle.Of(heading.Text));
    }
}

/// <summary>Recognizes reStructuredText by a directive and an underlined title.</summary>
internal static partial class RstSigns
{
    public static bool AreIn(string text) => Directive().IsMatch(text) && UnderlinedTitle().IsMatch(text);

    [GeneratedRegex(@"^\.\. [a-z][a-z-]{2,30}::", RegexOptions.Multiline, 2000)]
    private static partial Regex Directive();

    [GeneratedRegex(@"^\S[^\n]{2,100}\n[=\-~^""*+#]{3,100}$", RegexOptions.Multiline, 2000)]
    private static partial Regex UnderlinedTitle();
}
