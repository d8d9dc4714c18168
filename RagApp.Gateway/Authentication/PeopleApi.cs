using Microsoft.AspNetCore.Http.HttpResults;
using RagApp.Contracts.Identity;
using RagApp.Gateway.Authentication.Keys;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Gateway.Authentication;

internal static class PeopleApi
{
    public static void MapPeople(this WebApplication app)
    {
        var people = app.MapGroup("/v1").WithTags("People");
        people.MapGet("/me", GetMe).RequireAuthorization().WithScope(KeyScope.Any).WithName("getMe").WithSummary("Get the caller's identity");
        if (app.Environment.IsDevelopment())
            people.MapGet("/demo-people", GetDemoPeople).AllowAnonymous().WithName("listDemoPeople").WithSummary("List the demo people (Development only)");
    }

    private static Ok<PersonInfo> GetMe(CallerPrincipal caller) => TypedResults.Ok(PersonInfo.Of(caller.Principal));

    private static Ok<DemoPeopleList> GetDemoPeople() => TypedResults.Ok(new DemoPeopleList(DemoPeople.All));
}
