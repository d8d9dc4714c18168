using System.Globalization;
using RagApp.Benchmarks.Services;

namespace RagApp.Benchmarks.ModelGateway;

/// <summary>Processor time of the processes that take part in a measurement. Unlike elapsed time, it hardly depends on what else the machine does.</summary>
/// <param name="ledger">Process of the server that keeps the ledger.</param>
internal sealed class ProcessorTimes(ServiceProcess gateway, ServiceProcess ledger)
{
    private Sample _start = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Begins a measurement.</summary>
    public void Start() => _start = Now();

    /// <summary>Microseconds that each process has used for each request since the start.</summary>
    public string PerRequest(int requests)
    {
        var now = Now();
        double Of(TimeSpan end, TimeSpan start) => (end - start).TotalMicroseconds / requests;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"gateway {Of(now.Gateway, _start.Gateway):0} us, ledger {Of(now.Ledger, _start.Ledger):0} us, load and stand-in {Of(now.Load, _start.Load):0} us");
    }

    private Sample Now() => new(gateway.ProcessorTime, ledger.ProcessorTime, Environment.CpuUsage.TotalTime);

    private sealed record Sample(TimeSpan Gateway, TimeSpan Ledger, TimeSpan Load);
}
