using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Reading;
using RagApp.Contracts.Rerank;
using RagApp.ServiceDefaults.Identity;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Embedding;

/// <summary>The real embedding service on a free port.</summary>
internal sealed class EmbeddingUnderTest : IAsyncDisposable
{
    public static readonly Principal Alice = new("acme", "alice", [], [], Region: null);
    public static readonly Principal Eve = new("globex", "eve", [], [], Region: null);

    private readonly WebApplication _app;
    private readonly HttpClient _signing;

    private EmbeddingUnderTest(WebApplication app)
    {
        _app = app;
        _signing = new HttpClient(new PrincipalSigningHandler(Services.GetRequiredService<InternalTokens>()) { InnerHandler = new SocketsHttpHandler() })
        {
            BaseAddress = Address,
        };
    }

    public Uri Address => new(_app.Urls.Single());

    public IServiceProvider Services => _app.Services;

    /// <summary>The typed client that the other services use.</summary>
    public EmbeddingClient Client => new(_signing);

    public ReadingClient Reader => new(_signing);

    public RerankClient Reranker => new(_signing);

    public static async Task<EmbeddingUnderTest> StartAsync(CancellationToken cancellationToken, params string[] settings)
    {
        var app = RagApp.Embedding.Program.Build([.. ServiceSettings.Common, .. settings]);
        await app.StartAsync(cancellationToken);
        return new EmbeddingUnderTest(app);
    }

    /// <summary>An HTTP client with a token for Alice, or without a token.</summary>
    public HttpClient Http(bool signed = true)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (signed)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ServiceSettings.TokenFor(Alice));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        _signing.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
