using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RagApp.Tests.Models.Budgets;

/// <summary>A chat client that says what the test lets it say, piece by piece.</summary>
internal sealed class ScriptedChat(params AIContent[] pieces) : IChatClient
{
    /// <summary>Exception that the call ends with after the pieces; null when it ends well.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Options of the last call.</summary>
    public ChatOptions? Options { get; private set; }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Options = options;
        return Failure is not null
            ? Task.FromException<ChatResponse>(Failure)
            : Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [.. pieces.Where(piece => piece is not UsageContent)]))
            {
                Usage = pieces.OfType<UsageContent>().SingleOrDefault()?.Details,
            });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Options = options;
        foreach (var piece in pieces)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, [piece]);
        }
        if (Failure is not null)
            throw Failure;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
