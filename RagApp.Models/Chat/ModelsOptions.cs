namespace RagApp.Models.Chat;

/// <summary>The models of the pool, section <c>Models</c>. Changes are used without a restart.</summary>
public sealed class ModelsOptions
{
    public const string Section = "Models";

    /// <summary>
    /// Chat model for requests that name none; required when there are several and section <c>Chat</c> configures none. That of
    /// section <c>Chat</c> by default, or the only one.
    /// </summary>
    public string? DefaultChat { get; set; }

    /// <summary>Regions in which tenants' text must stay: the default chat model needs a deployment in each; none by default.</summary>
    public IList<string> Regions { get; set; } = [];

    /// <summary>Chat models by the name that callers use, which has no colon; none by default.</summary>
    public IDictionary<string, ChatEntryOptions> Chat { get; set; } = new Dictionary<string, ChatEntryOptions>(StringComparer.Ordinal);
}
