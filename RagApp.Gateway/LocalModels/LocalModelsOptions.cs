namespace RagApp.Gateway.LocalModels;

/// <summary>Search for models that programs on this machine serve, section <c>Chat</c>.</summary>
internal sealed class LocalModelsOptions
{
    public const string Section = "Chat";

    /// <summary>True to look for such programs while no chat model is configured; by default true in Development only.</summary>
    public bool? Discover { get; set; }
}
