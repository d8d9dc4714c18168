using Microsoft.AspNetCore.Http.HttpResults;
using RagApp.Contracts.Models;
using RagApp.Gateway.Authentication.Keys;
using RagApp.Models.Chat;

namespace RagApp.Gateway.LocalModels;

internal static class ModelsApi
{
    public static RouteHandlerBuilder MapModels(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/models", GetModels)
            .RequireAuthorization()
            .WithScope(KeyScope.Any)
            .WithTags("Answers")
            .WithName("listModels")
            .WithSummary("List the models that can write answers");

    private static Ok<ModelList> GetModels(ConfiguredChatModel configured, LocalModelSearch search) =>
        TypedResults.Ok(new ModelList([.. configured.All.Select(model => model.Id)], Quotes: configured.Model is null, search.Found));
}
