namespace RagApp.Models.Chat;

/// <summary>The chat models of this installation. The list follows the configuration while the program runs.</summary>
public sealed class ConfiguredChatModel
{
    private readonly Func<ChatModelList> _current;

    internal ConfiguredChatModel(Func<ChatModelList> current) => _current = current;

    /// <summary>
    /// The default model, for requests that name none; null when no model is configured, so that answers are quoted from the
    /// documents.
    /// </summary>
    public ChatModel? Model => _current().Default;

    /// <summary>Every model, the default one first.</summary>
    public IEnumerable<ChatModel> All => _current().All;
}

/// <summary>The chat models at one time.</summary>
/// <param name="All">Every model, the default one first.</param>
internal sealed record ChatModelList(IReadOnlyList<ChatModel> All)
{
    public ChatModel? Default => All.Count == 0 ? null : All[0];
}
