using Microsoft.Extensions.AI;
using RagApp.Models.Errors;
using RagApp.Models.Pool;

namespace RagApp.Models.Chat;

/// <summary>A streamed answer that has begun: its first token is there, and its lease learns how it ends.</summary>
internal sealed class ChatStream : IAsyncDisposable
{
    private readonly DeploymentLease _lease;
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;
    private readonly Queue<ChatResponseUpdate> _begun = [];
    private readonly UsageDetails _usage = new();
    private bool _ended;

    private ChatStream(DeploymentLease lease, IAsyncEnumerator<ChatResponseUpdate> updates) => (_lease, _updates) = (lease, updates);

    /// <summary>Reads up to the first token. What comes before it, such as the role, is kept for the reader.</summary>
    public static async Task<ChatStream> OpenAsync(DeploymentLease lease, IAsyncEnumerable<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        var stream = new ChatStream(lease, updates.GetAsyncEnumerator(cancellationToken));
        try
        {
            while (await stream.MoveNextAsync())
            {
                stream._begun.Enqueue(stream._updates.Current);
                if (stream._updates.Current.Contents.Any(content => content is not TextContent { Text.Length: 0 } and not UsageContent))
                    break;
            }
            lease.Answered();
            return stream;
        }
        catch
        {
            await stream._updates.DisposeAsync();
            throw;
        }
    }

    /// <summary>The next piece; null at the end.</summary>
    /// <exception cref="ModelException">The stream broke.</exception>
    public async ValueTask<ChatResponseUpdate?> ReadAsync()
    {
        if (_begun.TryDequeue(out var begun))
            return begun;
        try
        {
            return await MoveNextAsync() ? _updates.Current : null;
        }
        catch (ModelException failure)
        {
            _lease.Failed(failure);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _updates.DisposeAsync();
        _lease.Dispose();
    }

    private async ValueTask<bool> MoveNextAsync()
    {
        if (_ended)
            return false;
        if (!await _updates.MoveNextAsync())
        {
            _ended = true;
            _lease.Succeeded(_usage.TotalTokenCount);
            return false;
        }
        foreach (var usage in _updates.Current.Contents.OfType<UsageContent>())
            _usage.Add(usage.Details);
        return true;
    }
}
