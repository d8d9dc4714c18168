using RagApp.Ingestion.Parsing;
using RagApp.Ingestion.Parsing.Members;
using RagApp.Parsing;
using RagApp.Parsing.Members;

namespace RagApp.Benchmarks.Documents;

/// <summary>Parses one file of a corpus, and the files inside it as the service does, and scores the result.</summary>
internal sealed class DocumentScorer(IDocumentParser parser, IMemberReader members, TimeProvider time)
{
    private const int DeepestNesting = 4;

    public async Task<DocumentScore> ScoreAsync(string folder, ManifestRow row, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            var result = await ReadAsync(
                () => File.OpenRead(Path.Combine(folder, row.Path)), Path.GetFileName(row.Path), depth: 1, cancellationToken);
            return DocumentScore.Of(row, result, time.GetElapsedTime(started));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return DocumentScore.OfCrash(row, exception, time.GetElapsedTime(started));
        }
    }

    private async Task<ParseResult> ReadAsync(Func<Stream> open, string name, int depth, CancellationToken cancellationToken)
    {
        await using var file = open();
        var result = await parser.ParseAsync("corpus", file, name, cancellationToken);
        if (result.Members.Count == 0 || depth > DeepestNesting)
            return result;

        var read = new List<DocumentMember>();
        await using var again = open();
        await members.ReadAsync(
            again, name, async (member, content, cancel) => read.Add(await ReadMemberAsync(member, content, depth, cancel)), cancellationToken);
        return result with { Members = read, PeakMemory = read.Select(member => member.Result!.PeakMemory).Append(result.PeakMemory).Max() };
    }

    private async Task<DocumentMember> ReadMemberAsync(DocumentMember member, Stream content, int depth, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        var result = await ReadAsync(() => new MemoryStream(bytes.ToArray(), writable: false), member.Name, depth + 1, cancellationToken);
        return member with { Result = result };
    }
}
