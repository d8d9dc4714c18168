using RagApp.Contracts.Search;
using RagApp.Parsing;
using RagApp.Parsing.Members;
using RagApp.Query.Routing;

namespace RagApp.Tests.Parsing;

/// <summary>A format declares itself: every list of formats derives from the format's class and one line of registration.</summary>
public sealed class FormatRegistryTests
{
    public static TheoryData<string> Shipped => [.. FormatRegistry.Shipped.All.Select(format => format.ContentType)];

    [Fact]
    public void Read_FormatOfThisTest_IsDetectedParsedAndTyped()
    {
        var formats = new FormatRegistry([new DiaryFormat(), .. FormatRegistry.Shipped.All]);

        var result = new FileReader(formats).Read(new MemoryStream("DIARY\nMonday: rain"u8.ToArray()), "notes.txt");

        result.ContentType.ShouldBe("text/x-diary");
        result.Blocks.ShouldHaveSingleItem().Text.ShouldBe("Monday: rain");
        formats.Find(result.ContentType)!.DocumentType.ShouldBe(DocumentTypes.Text);
        formats.Names.ShouldContain("diary");
        formats.Sentence.ShouldStartWith("diaries, PDF, Word");
    }

    [Fact]
    public void Sentence_OfTheShippedFormats_NamesEachFamilyOnce() => FormatRegistry.Shipped.Sentence.ShouldBe(
        "PDF, Word, PowerPoint, Excel, OpenDocument, EPUB, RTF, Markdown, HTML, reStructuredText, CSV, JSON, XML, plain text, mail (.eml, .mbox, .msg), calendars (.ics) and ZIP archives of them are read.");

    [Fact]
    public void Names_OfTheShippedFormats_AreDifferent() => FormatRegistry.Shipped.All.Select(format => format.Name).ShouldBeUnique();

    [Theory]
    [MemberData(nameof(Shipped))]
    public void DocumentType_IsOneThatSearchesFilterBy(string contentType) =>
        DocumentTypes.All.ShouldContain(FormatRegistry.Shipped.Find(contentType)!.DocumentType);

    /// <summary>The query router is a separate process with its own list of formats, which must agree.</summary>
    [Theory]
    [MemberData(nameof(Shipped))]
    public void Extensions_MakeFileNamesThatTheQueryRouterLooksUp(string contentType)
    {
        foreach (var extension in FormatRegistry.Shipped.Find(contentType)!.Extensions)
            ExactLookup.In($"annual report{extension}", isQuestion: false)?.FileName.ShouldBe($"annual report{extension}", extension);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Extensions_AreNotLeftOutOfArchives(string contentType)
    {
        foreach (var extension in FormatRegistry.Shipped.Find(contentType)!.Extensions)
            UnreadKinds.Find("text"u8, $"file{extension}").ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Documentation_NamesTheFormat(string contentType)
    {
        var format = FormatRegistry.Shipped.Find(contentType)!;
        var table = File.ReadAllText(Path.Combine(Repository.Root, "docs", "ingestion.md"));

        format.Extensions.Append(format.Title).ShouldContain(name => table.Contains(name, StringComparison.Ordinal));
    }

    private sealed class DiaryFormat : IDocumentFormat
    {
        public string Name => "diary";

        public string Title => "diaries";

        public string ContentType => "text/x-diary";

        public string DocumentType => "text";

        public IReadOnlyList<string> Extensions { get; } = [".diary"];

        public bool Recognizes(FileSample sample) => sample.Head.AsSpan().StartsWith("DIARY\n"u8);

        public void Read(Stream file, BlockWriter output)
        {
            foreach (var line in TextDecoder.DecodeAll(file).Split('\n').Skip(1))
                output.Paragraph(line);
        }
    }
}
