namespace Aspire.Hosting.Run;

/// <summary>What every instance works with.</summary>
internal sealed record RunServices(
    ResourceStore Store, ConsoleOutput Console, ProcessReaper Reaper, HealthProbe Health, ChildEnvironment Environment, TimeProvider Time);
