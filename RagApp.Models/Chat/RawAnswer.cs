using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using RagApp.Models.Chat.Completions;
using RagApp.Models.Errors;
using RagApp.Models.Pool;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Chat;

/// <summary>
/// An answer in OpenAI's format. Its reader reports the outcome to the lease: the tokens used, or the failure of a read; disposing it
/// without an outcome says that the reader gave up.
/// </summary>
public sealed class RawAnswer : IAsyncDisposable
{
    private const string EventData = "data: ";
    private const string Done = "[DONE]";

    private readonly IAsyncDisposable? _source;

    private RawAnswer(DeploymentLease lease, IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, IAsyncDisposable? source) =>
        (Lease, Pieces, _source) = (lease, pieces, source);

    public DeploymentLease Lease { get; }

    /// <summary>
    /// The chat completion as one piece of JSON, or the chunks of its stream as they come, without the mark of its end. They can be read once; a read that
    /// fails, takes too long or ends before the answer is complete throws <see cref="ModelException"/>.
    /// </summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces { get; }

    /// <param name="response">Answer with status 2xx in OpenAI's format, which is passed on as it is.</param>
    internal static RawAnswer Of(HttpResponseMessage response, bool isStream, DeploymentLease lease) =>
        new(lease, isStream ? ReadEventsAsync(response) : ReadWholeAsync(response), new Response(response));

    internal static RawAnswer Of(ChatResponse response, AnswerWriter writer, DeploymentLease lease) =>
        new(lease, new[] { (ReadOnlyMemory<byte>)writer.Whole(response) }.ToAsyncEnumerable(), source: null);

    internal static RawAnswer Of(ChatStream stream, AnswerWriter writer, DeploymentLease lease) => new(lease, ReadAsync(stream, writer), stream);

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
            await _source.DisposeAsync();
        Lease.Dispose();
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadWholeAsync(
        HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var whole = new MemoryStream();
        await content.CopyToAsync(whole, cancellationToken);
        yield return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadEventsAsync(
        HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var lines = new StreamReader(content, Encoding.UTF8);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!line.StartsWith(EventData, StringComparison.Ordinal))
                continue; // an empty line or a comment
            if (line.AsSpan(EventData.Length) is Done)
                yield break;
            yield return Encoding.UTF8.GetBytes(line[EventData.Length..]);
        }
        throw ProviderErrors.BrokenOff();
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(ChatStream stream, AnswerWriter writer)
    {
        var usage = new UsageDetails();
        while (await stream.ReadAsync() is { } update)
        {
            foreach (var reported in update.Contents.OfType<UsageContent>())
                usage.Add(reported.Details);
            foreach (var chunk in writer.Chunks(update))
                yield return chunk;
        }
        if (usage is { InputTokenCount: not null, OutputTokenCount: not null })
            yield return writer.Usage(usage);
    }

    private sealed class Response(HttpResponseMessage response) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
