using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using RagApp.Parsing.Formats.Html;
using RagApp.Parsing.Formats.PlainText;

namespace RagApp.Parsing.Formats.Markdown;

/// <summary>Markdown with tables, front matter and template tags. HTML in it is read as HTML.</summary>
internal sealed class MarkdownFormat : ITextFormat
{
    public const string MediaType = "text/markdown";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseGridTables()
        .UseEmphasisExtras()
        .UseFootnotes()
        .UseDefinitionLists()
        .Build();

    public string Name => "md";

    public string Title => "Markdown";

    public string ContentType => MediaType;

    public string DocumentType => "markdown";

    public IReadOnlyList<string> Extensions { get; } = [".md", ".markdown", ".mdx"];

    /// <summary>True for a file with a Markdown extension that begins with a fragment of HTML, as many do with a centred picture.</summary>
    public bool Recognizes(FileSample sample) =>
        sample.Text is { } text && Extensions.Contains(sample.Extension) && HtmlSigns.BeginFragment(text);

    public bool LooksLike(FileSample sample) => MarkdownSigns.AreIn(sample.Text!);

    public void Read(Stream file, BlockWriter output)
    {
        var (title, body) = FrontMatter.Split(TextDecoder.DecodeAll(file));
        output.SetTitle(DocumentTitle.Of(title));
        var text = TemplateTags.Strip(body);
        if (Parse(text) is { } document)
        {
            ReadAsides(document, output);
            new MarkdownBlocks(output).Read(document);
        }
        else
            ReadAsPlainText(text, output);
        if (output.Properties.Title is null && output.Blocks is [{ Kind: BlockKind.Heading, Level: 1 } heading, ..])
            output.SetTitle(DocumentTitle.Of(heading.Text));
    }

    /// <summary>Parses Markdown; null when blocks are nested deeper than Markdig's limit, which real texts do not reach.</summary>
    private static MarkdownDocument? Parse(string text)
    {
        try
        {
            return Markdig.Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Collects targets and titles of links and pictures; their texts are part of the text.</summary>
    private static void ReadAsides(MarkdownDocument document, BlockWriter output)
    {
        foreach (var link in document.Descendants<LinkInline>())
        {
            output.Aside(link.Title ?? "");
            if (link.Url is { } url && !url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
                output.Aside(Uri.UnescapeDataString(url));
        }
    }

    private static void ReadAsPlainText(string text, BlockWriter output)
    {
        output.Warn("The Markdown is nested too deep to be understood and was read as plain text.");
        PlainTextFormat.ReadText(text, output);
    }
}
