namespace RagApp.Models.Chat;

/// <summary>The chat models of this installation.</summary>
/// <param name="Model">The one that is asked unless another is named; null when none is configured: answers are then quoted from the documents.</param>
/// <param name="Others">Those that a caller may name besides.</param>
public sealed record ConfiguredChatModel(ChatModel? Model, IReadOnlyList<ChatModel> Others)
{
    /// <summary>No model at all.</summary>
    public static ConfiguredChatModel None { get; } = new(Model: null, []);

    /// <summary>Every model, the default one first.</summary>
    public IEnumerable<ChatModel> All => Model is null ? [] : [Model, .. Others];
}
