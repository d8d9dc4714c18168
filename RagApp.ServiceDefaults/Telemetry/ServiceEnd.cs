namespace RagApp.ServiceDefaults.Telemetry;

/// <summary>Knows whether the service was asked to stop.</summary>
internal sealed class ServiceEnd
{
    private volatile bool _hasBegun;

    public bool HasBegun => _hasBegun;

    public void Begin() => _hasBegun = true;
}
