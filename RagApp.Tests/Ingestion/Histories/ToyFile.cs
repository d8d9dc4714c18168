using System.Text.Json;
using RagApp.Ingestion.Parsing;
using RagApp.Ingestion.Parsing.Members;
using RagApp.Parsing;
using RagApp.Parsing.Members;

namespace RagApp.Tests.Ingestion.Histories;

/// <summary>A test file that contains one sentence about one word, and other files inside it.</summary>
internal sealed record ToyFile(string Word, IReadOnlyDictionary<string, ToyFile> Members)
{
    public static ToyFile Of(string word, params (string Name, ToyFile File)[] members) =>
        new(word, members.ToDictionary(member => member.Name, member => member.File, StringComparer.Ordinal));

    public IEnumerable<string> AllWords() => Members.Values.SelectMany(member => member.AllWords()).Prepend(Word);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static async Task<ToyFile> ReadAsync(Stream content)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return JsonSerializer.Deserialize<ToyFile>(bytes.ToArray())!;
    }
}

/// <summary>Parses toy files in place of the parser process.</summary>
internal sealed class ToyParser : IDocumentParser, IMemberReader
{
    public async Task<ParseResult> ParseAsync(string tenant, Stream content, string name, CancellationToken cancellationToken)
    {
        var file = await ToyFile.ReadAsync(content);
        await Task.Yield();
        return ResultOf(file);
    }

    public async Task<ParseResult> ReadAsync(
        Stream content, string name, Func<DocumentMember, Stream, CancellationToken, Task> take, CancellationToken cancellationToken)
    {
        var file = await ToyFile.ReadAsync(content);
        var result = ResultOf(file);
        foreach (var (member, inside) in result.Members.Zip(file.Members.Values))
        {
            await Task.Yield();
            await take(member, new MemoryStream(inside.ToBytes()), cancellationToken);
        }
        return result;
    }

    private static ParseResult ResultOf(ToyFile file) => new(
        ParseOutcome.Text, Reason: null, "text/plain", new FileProperties(), [new TextBlock(BlockKind.Paragraph, $"It says {file.Word}.", 0, Page: null)], [],
        [.. file.Members.Select((member, number) => new DocumentMember(number + 1, member.Key, member.Value.ToBytes().Length))]);
}
