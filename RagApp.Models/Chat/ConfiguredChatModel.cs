namespace RagApp.Models.Chat;

/// <summary>The chat model of this installation.</summary>
/// <param name="Model">Null when none is configured: answers are then quoted from the documents.</param>
public sealed record ConfiguredChatModel(ChatModel? Model);
