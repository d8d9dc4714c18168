using System.Diagnostics;
using System.Globalization;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Ingestion;

/// <summary>Runs the service as a separate process on the stores of a test's service, which is stopped meanwhile.</summary>
internal static class IngestionProcess
{
    public static Process Start(IngestionService service, params string[] settings) => Process.Start(Careless.Start("RagApp.Ingestion",
    [
        "--urls=http://127.0.0.1:0", $"--Identity:SigningKey={ServiceSettings.SigningKey}",
        $"--Storage:DataPath={service.DataPath}", $"--ConnectionStrings:redis={service.Redis.ConnectionString}",
        ServiceSettings.Address("embedding", service.Embeddings.Address), "--Logging:LogLevel:Default=None", .. settings,
    ]))!;

    /// <summary>Sends SIGTERM, the signal that an orchestrator sends before it kills.</summary>
    public static async Task TerminateAsync(this Process process, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }
}
