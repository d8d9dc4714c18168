using Aspire.Hosting.Dashboard.Wire;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Dashboard;

/// <summary>The buttons of a project.</summary>
internal static class ResourceCommands
{
    public const string Start = "start";
    public const string Stop = "stop";
    public const string Restart = "restart";

    public static IEnumerable<ResourceCommand> Of(ResourceSnapshot snapshot)
    {
        if (snapshot.Type != "Project")
            return [];
        var isActive = snapshot.State is ResourceState.Running or ResourceState.Starting or ResourceState.Waiting;
        return
        [
            Command(Start, "Start", "Play", !isActive),
            Command(Stop, "Stop", "Stop", isActive),
            Command(Restart, "Restart", "ArrowCounterclockwise", snapshot.State == ResourceState.Running),
        ];
    }

    private static ResourceCommand Command(string name, string displayName, string icon, bool isShown) => new()
    {
        Name = name,
        DisplayName = displayName,
        IconName = icon,
        IconVariant = IconVariant.Filled,
        IsHighlighted = true,
        State = isShown ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
    };
}
