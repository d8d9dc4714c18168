using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagApp.Tests.Ingestion;
using RagApp.Tests.Ingestion.Dlp;
using RagApp.Tests.Query;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway.Hostile;

/// <summary>
/// The gateway with the real ingestion service and the real query router behind it, and an issuer for the page's sign-in, and the three services' log entries from
/// Warning up.
/// </summary>
public sealed class RunningServices : IAsyncLifetime
{
    /// <summary>API key of an administrator of tenant acme, so that no request fails for a missing role.</summary>
    public const string Key = "key-of-an-administrator";

    private IngestionService _ingestion = null!;
    private QueryUnderTest _query = null!;
    private OidcIssuer _issuer = null!;

    internal GatewayUnderTest Gateway { get; private set; } = null!;

    internal CapturedLogs Logs { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _ingestion = await IngestionService.StartAsync();
        _query = await QueryUnderTest.StartAsync(
            [QueryUnderTest.Document("leave.md", "Everybody has thirty days of leave.")], cancellation,
            $"--Identity:SigningKey={IngestionService.SigningKey}", "--Logging:LogLevel:Default=Warning");
        _issuer = await OidcIssuer.StartAsync(cancellation);
        Gateway = await GatewayUnderTest.StartAsync(cancellation, settings:
        [
            ServiceSettings.Address("document-ingestion", _ingestion.Address),
            ServiceSettings.Address("query-router", _query.Address),
            ServiceSettings.Address("embedding", _ingestion.Embeddings.Address),
            $"--Identity:SigningKey={IngestionService.SigningKey}", "--Logging:LogLevel:Default=Warning",
            $"--ApiKeys:0:Hash={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}",
            .. _issuer.Settings, $"--SignIn:ClientId={OidcSignIns.ClientId}",
            "--ApiKeys:0:Tenant=acme", "--ApiKeys:0:Subject=ada", "--ApiKeys:0:Roles:0=admin",
        ]);
        foreach (var services in (IServiceProvider[])[_ingestion.App.Services, _query.Services, Gateway.Services])
            services.GetRequiredService<ILoggerFactory>().AddProvider(Logs);
    }

    internal HttpClient Client() => Gateway.Client(Key);

    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null)
            await Gateway.DisposeAsync();
        if (_query is not null)
            await _query.DisposeAsync();
        if (_ingestion is not null)
            await _ingestion.DisposeAsync();
        if (_issuer is not null)
            await _issuer.DisposeAsync();
        Logs.Dispose();
    }
}
