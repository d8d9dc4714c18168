using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Chunking;
using RagApp.Ingestion.Parsing;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Ingestion;

/// <summary>Real and hostile files of the development corpus, through the real child.</summary>
public sealed partial class CorpusTests
{
    private static readonly string[] Formats = ["pdf", "docx", "html", "md", "txt"];

    [Fact]
    public async Task ParseAsync_EveryDocument_EndsAndMostGiveTheirPhrase()
    {
        Assert.SkipWhen(Repository.Corpus is null, "The corpus is not beside the repository.");
        var rows = CorpusRow.ReadAll(Path.Combine(Repository.Corpus, "documents")).Where(row => Formats.Contains(row.Format)).ToList();
        var parser = Parser();
        var right = 0;
        var asked = 0;

        foreach (var row in rows)
        {
            await using var file = File.OpenRead(row.File);
            var result = await parser.ParseAsync(file, row.File, TestContext.Current.CancellationToken);

            if (result.Outcome != ParseOutcome.Text)
                result.Reason.ShouldNotBeNullOrEmpty(row.File);
            if (row.Expectation != "text")
                continue;
            asked++;
            if (Comparable(string.Join('\n', result.Blocks.Select(block => block.Text).Prepend(result.Properties.Title ?? "")), row.Phrase).Contains(Comparable(row.Phrase, row.Phrase), StringComparison.Ordinal))
                right++;
            else
                TestContext.Current.TestOutputHelper?.WriteLine($"{row.File}: {result.Outcome} {result.Reason}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{right} of {asked} phrases, {rows.Count} files");
        ((double)right / asked).ShouldBeGreaterThanOrEqualTo(0.93);
    }

    [Fact]
    public void Cut_Handbook_GivesChunksOfTheAimedLength()
    {
        Assert.SkipWhen(Repository.Corpus is null, "The corpus is not beside the repository.");
        var passages = Directory.EnumerateFiles(Path.Combine(Repository.Corpus, "handbook", "18f"), "*.md", SearchOption.AllDirectories)
            .SelectMany(ReadAndCut).ToList();
        var words = passages.Select(passage => ChunkSize.Words(passage.Text)).Order().ToList();

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{passages.Count} chunks; words p10 {words[words.Count / 10]:0}, p50 {words[words.Count / 2]:0}, p90 {words[words.Count * 9 / 10]:0}, max {words[^1]:0}"));
        passages.Count.ShouldBeInRange(2_000, 6_000);
        passages.ShouldAllBe(passage => !passage.Text.Contains("{%", StringComparison.Ordinal));
    }

    private static IEnumerable<Contracts.Documents.Passage> ReadAndCut(string path)
    {
        using var file = File.OpenRead(path);
        var result = FileReader.Read(file, path);
        result.Outcome.ShouldBe(ParseOutcome.Text, path);
        return Chunker.Cut(result.Properties.Title ?? Path.GetFileName(path), result.Blocks);
    }

    private static ChildProcessParser Parser()
    {
        var options = Options.Create(new ParserOptions { CpuSeconds = 20 });
        return new ChildProcessParser(
            new ParserLauncher(options, NullLogger<ParserLauncher>.Instance), options, TimeProvider.System, NullLogger<ChildProcessParser>.Instance);
    }

    /// <summary>The corpus's rule, but for NFKC, which does nothing in invariant mode.</summary>
    private static string Comparable(string text, string phrase)
    {
        var oneSpace = Spaces().Replace(text.Replace("*", "", StringComparison.Ordinal), " ");
        return phrase.Any(c => c is >= '\u3040' and <= '\u9FFF') ? oneSpace.Replace(" ", "", StringComparison.Ordinal) : oneSpace;
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Spaces();
}

/// <summary>A line of the corpus's manifest.</summary>
internal sealed record CorpusRow(string File, string Format, string Expectation, string Phrase)
{
    public static IEnumerable<CorpusRow> ReadAll(string folder) =>
        System.IO.File.ReadLines(Path.Combine(folder, "manifest.csv")).Skip(1).Select(Fields)
            .Select(fields => new CorpusRow(Path.Combine(folder, fields[0]), fields[1], fields[5], fields[6]));

    /// <summary>Comma-separated, quoted where a field holds a comma or a quote.</summary>
    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(c);
        }
        fields.Add(field.ToString());
        return fields;
    }
}
