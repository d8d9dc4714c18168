using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using RagApp.Models.Chat;
using RagApp.Models.Errors;

namespace RagApp.Models.Providers.OpenAI;

/// <summary>Chat with an OpenAI-compatible endpoint; whatever goes wrong is a <see cref="ModelException"/>.</summary>
internal sealed class OpenAIChat(IChatClient inner) : DelegatingChatClient(inner)
{
    public static IChatClient Create(ChatModelOptions options, string model) => new OpenAIChat(
        OpenAIConnection.Open(options.Endpoint, options.ApiKey, options.Timeout).GetChatClient(model).AsIChatClient());

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (Exception exception) when (OpenAIErrors.AreOfProvider(exception, cancellationToken))
        {
            throw OpenAIErrors.Translate(exception);
        }
    }

    /// <summary>A stream that ends without saying why it ended was cut off: what came of it is not the answer.</summary>
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
            throw new ModelException(ModelError.Unavailable, "The model provider broke off its answer. Try again.");
    }

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception exception) when (OpenAIErrors.AreOfProvider(exception, cancellationToken))
        {
            throw OpenAIErrors.Translate(exception);
        }
    }
}
