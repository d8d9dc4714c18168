using System.Globalization;
using RagApp.Benchmarks.Documents;
using RagApp.Ingestion.Chunking;
using RagApp.Ingestion.Parsing;
using RagApp.Parsing;
using RagApp.Text;

namespace RagApp.Tests.Ingestion.Parsing;

/// <summary>Real and hostile files of the development corpus, parsed by the real parser process.</summary>
public sealed class CorpusTests
{
    private static readonly string[] Formats = ["pdf", "docx", "html", "md", "txt"];

    [Fact]
    public async Task ParseAsync_EveryDocument_EndsAndMostGiveTheirPhrase()
    {
        Assert.SkipWhen(Repository.Corpus is null, "The corpus is not beside the repository.");
        var folder = Path.Combine(Repository.Corpus, "documents");
        var options = new ParserOptions { CpuSeconds = 20 };
        using var parsers = new Parsers(options);
        var scorer = new DocumentScorer(parsers.Parser, parsers.Members, TimeProvider.System);
        var scores = new List<DocumentScore>();

        foreach (var row in ManifestRow.ReadAll(folder).Where(row => Formats.Contains(row.Format)))
            scores.Add(await scorer.ScoreAsync(folder, row, TestContext.Current.CancellationToken));

        var report = new DocumentReport(scores, options.MemoryMiB);
        using var table = new StringWriter();
        report.Print(table);
        TestContext.Current.TestOutputHelper?.WriteLine(table.ToString());
        report.Terminal.ShouldBe(1);
        report.Text.ShouldBeGreaterThanOrEqualTo(0.93);
    }

    [Fact]
    public void Cut_Handbook_GivesChunksOfTheAimedLength()
    {
        Assert.SkipWhen(Repository.Corpus is null, "The corpus is not beside the repository.");
        var passages = Directory.EnumerateFiles(Path.Combine(Repository.Corpus, "handbook", "18f"), "*.md", SearchOption.AllDirectories)
            .SelectMany(ReadAndCut).ToList();
        var words = passages.Select(passage => WordMeasure.Words(passage.Text)).Order().ToList();

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{passages.Count} chunks; words p10 {words[words.Count / 10]:0}, p50 {words[words.Count / 2]:0}, p90 {words[words.Count * 9 / 10]:0}, max {words[^1]:0}"));
        passages.Count.ShouldBeInRange(2_000, 6_000);
        passages.ShouldAllBe(passage => !passage.Text.Contains("{%", StringComparison.Ordinal));
    }

    private static IEnumerable<Contracts.Documents.Passage> ReadAndCut(string path)
    {
        using var file = File.OpenRead(path);
        var result = FileReader.Shipped.Read(file, path);
        result.Outcome.ShouldBe(ParseOutcome.Text, path);
        return Chunker.Cut(result.Properties.Title ?? Path.GetFileName(path), result.Blocks);
    }
}
