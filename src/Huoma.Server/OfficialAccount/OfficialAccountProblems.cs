using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.OfficialAccount;

internal static class OfficialAccountProblems
{
    /// <summary>There is one 公众号 for the whole installation.</summary>
    public static ProblemHttpResult NotPlatform => Problems.Create(StatusCodes.Status403Forbidden, "forbidden", "公众号由平台管理员设置，请联系他");
}
