# Every example of the documentation runs as it stands, without an error that it does not show, and without a question.

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'ExampleWorld.ps1')
    Import-TestedModule
    $CmdletExamples = @(Get-CmdletExample)
    $TopicExamples = @(Get-TopicExample (Join-Path $RepositoryRoot 'module/en-US'))
    $ReadmeExamples = @(Get-ReadmeExample)
}

BeforeAll {
    Set-StrictMode -Version Latest
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'ExampleWorld.ps1')
    Import-TestedModule
    $world = Start-ExampleWorld

    function Assert-Example {
        param($World, [hashtable[]] $Command, [string] $Prelude = '')
        foreach ($outcome in Invoke-Example $World $Command $Prelude) {
            $outcome.Error | Should -Be $outcome.Expected -Because "that is what the documentation shows behind $($outcome.Code)"
        }
    }
}

AfterAll {
    Stop-ExampleWorld $world
}

Describe 'The help' {
    It 'runs: <Name>' -ForEach $CmdletExamples {
        Assert-Example $world $Command
    }
}

Describe 'The about topics' {
    It 'run: <Name>' -ForEach $TopicExamples {
        Assert-Example $world $Command
    }
}

Describe 'The README' {
    BeforeAll {
        $readme = Start-ReadmeWorld
        # What a session begins with. One that is not named here begins with the world of the help.
        $beginnings = @{
            # What changes at its servers meanwhile does not change here: what it looks for then is not found.
            'A session'        = @{ World = $world.Clone(); Prelude = 'Set-StrictMode -Off' }
            'Running runbooks' = @{
                World   = $readme
                Prelude = @'
Set-Content -LiteralPath servers.csv -Value 'Computer,Owner', 'web01,anna', 'web02,bert', 'web03,cleo'
$request = [pscustomobject]@{ Id = 'SR42'; Server = 'web05'; RequestedBy = 'dora' }
'@
            }
        }
        # The first session registers its servers itself.
        $beginnings['A session'].World.Store = $null
        $modules = $env:PSModulePath
        $env:PSModulePath = (Join-Path $RepositoryRoot 'artifacts/module') + [System.IO.Path]::PathSeparator + $modules
    }

    AfterAll {
        $env:PSModulePath = $modules
        Stop-ExampleWorld $readme
    }

    It 'runs: <Name>' -ForEach $ReadmeExamples {
        $beginning = if ($beginnings.ContainsKey($Heading)) { $beginnings[$Heading] } else { @{ World = $world; Prelude = '' } }
        Assert-Example $beginning.World $Command $beginning.Prelude
    }
}

Describe 'What is collected' {
    It 'is not nothing' {
        @(Get-CmdletExample).Count | Should -BeGreaterOrEqual (2 * @(Get-Command -Module OrchestratorConnector).Count)
        @(Get-TopicExample (Join-Path $RepositoryRoot 'module/en-US')).Count | Should -BeGreaterThan 20
        @(Get-ReadmeExample).Count | Should -BeGreaterOrEqual 2
    }
}
