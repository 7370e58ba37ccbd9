self.postMessage("checked");
