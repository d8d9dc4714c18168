using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RagApp.Models.Pool;
using RagApp.Models.Providers;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Chat;

/// <summary>The chat clients of the deployments' keys, each opened at its first call.</summary>
internal sealed class ChatClients(ProviderConnections connections, ILoggerFactory? loggers)
{
    private readonly ConditionalWeakTable<Upstream, IChatClient> _clients = [];

    public IChatClient For(DeploymentLease lease) => _clients.GetValue(lease.Upstream, _ => Open(lease));

    // Prompts hold text that only some people may read: spans, logs and events never carry it, even when
    // OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT asks for it.
    private IChatClient Open(DeploymentLease lease) => ChatProviders.Open(connections, lease)
        .AsBuilder()
        .UseOpenTelemetry(loggers, configure: telemetry => telemetry.EnableSensitiveData = false)
        .Build();
}
