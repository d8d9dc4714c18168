using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagApp.Models.Errors;

namespace RagApp.Models.Providers.Http;

/// <summary>A chat client of a provider whose every failure is thrown as a <see cref="ModelException"/>.</summary>
internal sealed class ProviderChat(IChatClient inner) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (Exception exception) when (ProviderErrors.AreOfProvider(cancellationToken))
        {
            throw ProviderErrors.Translate(exception);
        }
    }

    /// <summary>Streams an answer. A stream that ends without a finish reason was cut off and throws, because its text is incomplete.</summary>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        var finished = false;
        while (await MoveNextAsync(updates, cancellationToken))
        {
            finished |= updates.Current.FinishReason is not null;
            yield return updates.Current;
        }
        if (!finished)
            throw ProviderErrors.BrokenOff();
    }

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception exception) when (ProviderErrors.AreOfProvider(cancellationToken))
        {
            throw ProviderErrors.Translate(exception);
        }
    }
}
