using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Models.Chat;

namespace RagApp.Query.Rewriting;

internal static class RewritingExtensions
{
    /// <summary>Registers <see cref="Rewriter"/>, with a chat model when section <c>Chat</c> has one.</summary>
    public static IHostApplicationBuilder AddRewriting(this IHostApplicationBuilder builder)
    {
        builder.AddChatModel();
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<RewritingOptions>().ValidateDataAnnotations().BindConfiguration(RewritingOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Telemetry>()
            .AddSingleton<RewritingModel>()
            .AddSingleton<FollowUpRules>()
            .AddSingleton<Condensing>()
            .AddSingleton<MoreQueries>()
            .AddSingleton<Spelling>()
            .AddSingleton<Rewriter>();
        return builder;
    }
}
