namespace RagApp.ServiceDefaults.Telemetry;

/// <summary>Whether the service was asked to end.</summary>
internal sealed class ServiceEnd
{
    private volatile bool _hasBegun;

    public bool HasBegun => _hasBegun;

    public void Begin() => _hasBegun = true;
}
